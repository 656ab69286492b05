// What the tests share: clocks, builders and fixtures.
