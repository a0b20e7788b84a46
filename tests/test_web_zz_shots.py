"""Temporary."""
from tests.browser import browser
from tests.on_the_web import site, somebody, starts_a_report
from tests.browser import axe_violations, too_wide
__all__=["browser","site"]

async def test_shots(browser, site, cast):
    async with somebody(browser, site, phone=True) as v:
        n=0
        async def shot(name):
            await v.page.screenshot(path=f"/tmp/shots/{name}.png", full_page=True)
            print(name, await axe_violations(v.page), await too_wide(v.page))
        await v.opens(); await shot("landing")
        await v.chooses("English"); await shot("menu")
        await v.presses("Help now"); await shot("help")
        await v.presses("Privacy"); await shot("privacy")
        await v.presses("Language"); await shot("language")
        await v.presses("Carry on")
        for label in ("Report hate or harassment", "Yes", "It happened to me", "Bristol"):
            await v.presses(label)
        await shot("receiving")
        await v.presses("Go on"); await shot("words")
        await v.writes("They shouted at me at the bus stop.", "Keep this and add more"); await shot("words2")
        await v.presses("That's all"); await shot("next")
        await v.presses("A few more questions"); await shot("multi")
        await v.page.locator(".answers button").first.click(); await v.page.wait_for_load_state(); await v.page.screenshot(path="/tmp/shots/multi2.png")
        print(v.page.url)
        await v.presses("Language"); await v.presses("العربية"); await shot("multi-ar")
        await v.opens(); await v.page.emulate_media(color_scheme="dark"); await shot("landing-dark"); await v.opens("/chat"); await shot("multi-dark")
