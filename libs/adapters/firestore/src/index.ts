export { FirestoreDatabase, type FirestoreDatabaseOptions } from './database.js';
export { firestoreDocuments, type FirestoreDocumentsOptions } from './documents.js';
