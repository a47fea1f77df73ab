"""What is kept in the database: one module per table."""
