// TruceLedger: append, recall as of any moment, prove that nothing was changed.
//
// Draft -> canonical leaf bytes -> group commit -> entry + tree node; Entry and proofs are read back from the log alone.
// Ledger*.swift is the door; Store/ holds the SQLite side, Tree/ the RFC 6962 tree and its signed heads.
