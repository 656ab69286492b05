// TruceDesk: the HTTP interface, live updates and the pages.
