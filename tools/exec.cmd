@rem `npm start` says `exec node start.js`, so that no shell stands between npm's signals and the platform.
@rem That is a built-in of every POSIX shell; for Windows this file is it.
@%*
