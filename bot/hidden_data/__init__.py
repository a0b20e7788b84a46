"""What files say beside what they show: where, when, with which phone, by whom. Found, named, and taken out.

Nothing here is ever logged, and what is found leaves as codes only, never as the place or the name itself.
"""
