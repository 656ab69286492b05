// TruceReading: a report's text to claims.
