"""How and from where a listing lets people work: signals with quotes, a verdict, and how openly it says so."""
