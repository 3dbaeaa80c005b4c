using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>The designer in a window of 1280 px, for an owner who reads English.</summary>
public sealed class StudioView(BrowserFixture browser)
{
    private const string EveryNodeIsInView =
        """
        () => {
          const canvas = document.querySelector('.x6-graph').getBoundingClientRect();
          return [...document.querySelectorAll('.x6-node')].map((node) => node.getBoundingClientRect()).every((node) =>
            node.left >= canvas.left && node.right <= canvas.right && node.top >= canvas.top && node.bottom <= canvas.bottom);
        }
        """;

    [Fact]
    public async Task The_longest_process_is_in_view_as_a_whole_and_the_toolbox_is_in_English()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                var owner = await visit.SignInAsync("shenhong");
                await owner.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
                await owner.GotoAsync("/studio/workflows/definitions/commander-mission/edit");
                await owner.WaitForStudioAsync(".x6-node");
                await owner.WaitForFunctionAsync(EveryNodeIsInView);
                await owner.Locator(".mud-expand-panel-header").Filter(new() { HasText = "Application and approval" }).ClickAsync();
                await Expect(owner.Locator("[draggable=true]").Filter(new() { HasText = "Approval step" })).ToBeVisibleAsync();
                await Look.PictureAsync(owner, "64-studio-english");
            },
            office.Address);
    }
}
