// The suite of TruceReading.
import Testing
