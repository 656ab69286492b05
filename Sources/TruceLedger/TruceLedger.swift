// TruceLedger: append, recall as of any moment, prove that nothing was changed.
