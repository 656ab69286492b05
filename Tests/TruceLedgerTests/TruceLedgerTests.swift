// The suite of TruceLedger.
import Testing
