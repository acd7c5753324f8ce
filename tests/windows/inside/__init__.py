"""What runs on the Windows Python and answers the tests, which run on ours."""
