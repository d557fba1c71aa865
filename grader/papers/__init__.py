"""What is printed or filled in: papers, answer sheets, and the instructor's key."""
