export { noteIdOf } from './note-id.js';
export { notes, NOTE_REMOVED, NOTE_SAVED } from './notes.js';
export { NOTE_LENGTH, readNote, type ReadNote } from './read-note.js';
