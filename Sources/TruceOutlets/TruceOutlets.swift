// TruceOutlets: a situation to the forms that people and programs read.
