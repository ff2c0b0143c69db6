"""The pages of reference: messages, commands, the glossary."""
