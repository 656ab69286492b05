// TruceWire: fetches reports and finds copies of one dispatch.
