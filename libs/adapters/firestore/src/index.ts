export { changedDocument, type ChangedDocument } from './changed-document.js';
export { FirestoreDatabase, type FirestoreDatabaseOptions } from './database.js';
export { firestoreDocuments, type FirestoreDocumentsOptions } from './documents.js';
