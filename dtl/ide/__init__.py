"""Editor features as plain data: what an editor shows of a program, in its own words and in offsets."""
