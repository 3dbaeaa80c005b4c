using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>What a process owner does in Elsa Studio, in the owner's words. Waits are for what is seen, never for a time.</summary>
internal static class Designer
{
    /// <summary>Studio starts a runtime of its own; on a busy machine that takes its time.</summary>
    private const float Starting = 120_000;

    /// <summary>Studio saves half a second after an edit, and reads its toolbox again after each save.</summary>
    private const float Saving = 60_000;

    /// <summary>Goes to a screen of Studio and waits until something of it is drawn.</summary>
    public static async Task OpenStudioAsync(this IPage page, string address, string drawn)
    {
        await page.SetViewportSizeAsync(1600, 950);
        await page.GotoAsync(address);
        await page.WaitForStudioAsync(drawn);
    }

    /// <summary>Waits until something of Studio is drawn.</summary>
    public static Task WaitForStudioAsync(this IPage page, string drawn) =>
        page.Locator(drawn).First.WaitForAsync(new() { Timeout = Starting });

    /// <summary>An activity on the diagram by its caption.</summary>
    public static ILocator Activity(this IPage page, string caption) =>
        page.Locator(".x6-node").Filter(new() { Has = page.Locator(".activity-label").GetByText(caption, new() { Exact = true }) });

    /// <summary>Drags an activity from the toolbox to below another one; returns its cell.</summary>
    public static async Task<ILocator> DropBelowAsync(this IPage page, string group, string activity, ILocator other)
    {
        await page.Locator(".mud-expand-panel-header").Filter(new() { HasText = group }).ClickAsync();
        var item = page.Locator("[draggable=true]").Filter(new() { HasText = activity });
        var before = await page.Locator(".x6-node").EvaluateAllAsync<string[]>(Ids);
        var canvas = page.Locator(".x6-graph").First;
        var (at, on) = (await BoxAsync(canvas), await BoxAsync(other));
        await page.EditAsync(async () =>
        {
            await item.DragToAsync(canvas, new() { TargetPosition = new() { X = on.X - at.X + 20, Y = on.Y - at.Y + 100 } });
            await Expect(page.Locator(".x6-node")).ToHaveCountAsync(before.Length + 1, new() { Timeout = Saving });
        });
        var after = await page.Locator(".x6-node").EvaluateAllAsync<string[]>(Ids);
        return page.Locator($".x6-node[data-cell-id='{after.Except(before).Single()}']");
    }

    /// <summary>Draws a line from an outcome to an activity.</summary>
    public static async Task ConnectAsync(this IPage page, ILocator from, string outcome, ILocator to)
    {
        var lines = await page.Locator(".x6-edge").CountAsync();
        await page.EditAsync(() => page.UntilLinesAsync(lines + 1, async () =>
        {
            var (start, end) = (await PointAsync(from, outcome), await PointAsync(to, "In"));
            await page.Mouse.MoveAsync(start[0], start[1]);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, new() { Steps = 5 });
            await page.Mouse.MoveAsync(end[0], end[1], new() { Steps = 5 });
            await page.Mouse.UpAsync();
        }));
    }

    /// <summary>Chooses the line between an outcome and an activity and presses Delete; no other line is touched.</summary>
    public static async Task DisconnectAsync(this IPage page, ILocator from, string outcome, ILocator to)
    {
        var lines = await page.Locator(".x6-edge").CountAsync();
        var (start, end) = (await BoxAsync(Port(from, outcome)), await BoxAsync(Port(to, "In")));
        var ends = new[] { Middle(start), Middle(end) }.SelectMany(one => one).ToArray();
        var line = page.Locator($".x6-edge[data-cell-id='{await page.EvaluateAsync<string>(NearestLine, ends)}']");
        await page.EditAsync(() => page.UntilLinesAsync(lines - 1, async () =>
        {
            var point = await line.EvaluateAsync<float[]>(OpenLinePoint);
            await page.Mouse.ClickAsync(point[0], point[1]);
            await Expect(line).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("x6-edge-selected"));
            await Expect(page.Locator(".x6-edge-selected")).ToHaveCountAsync(1);
            await page.Keyboard.PressAsync("Delete");
        }));
        await Expect(line).ToHaveCountAsync(0);
    }

    /// <summary>Opens one of the panels.</summary>
    public static async Task TabAsync(this IPage page, string caption)
    {
        var tab = page.GetByRole(AriaRole.Tab, new() { Name = caption, Exact = true });
        await tab.DispatchEventAsync("click"); // Panels that do not fit stand outside their bar.
        await Expect(tab).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("mud-tab-active"));
    }

    /// <summary>Ticks an entry of a list of boxes.</summary>
    public static async Task TickAsync(this IPage page, string input, string entry)
    {
        var list = page.Locator(".mud-input-control").Filter(new() { Has = page.Locator("label").GetByText(input, new() { Exact = true }) });
        await page.EditAsync(() => list.Locator("label.mud-checkbox").Filter(new() { HasText = entry }).First.ClickAsync());
    }

    /// <summary>Chooses from a pick list.</summary>
    public static async Task PickAsync(this IPage page, string input, string entry)
    {
        var list = page.Locator(".mud-input-control").Filter(new() { Has = page.Locator("label").GetByText(input, new() { Exact = true }) }).Last;
        await list.Locator("[class*='mud-select-input'][tabindex='0']").First.ClickAsync();
        await page.EditAsync(() => page.Locator(".mud-popover-open").GetByText(entry).First.ClickAsync());
    }

    /// <summary>Types into a field and leaves it.</summary>
    public static async Task WriteAsync(this IPage page, string input, string text)
    {
        var field = page.Locator(".mud-tab-panel").GetByLabel(input, new() { Exact = true }).First;
        await page.EditAsync(async () =>
        {
            await field.FillAsync(text);
            await field.BlurAsync();
        });
    }

    /// <summary>Edits, waits until Studio has saved it by itself, and sees our header say so.</summary>
    private static async Task EditAsync(this IPage page, Func<Task> edit)
    {
        await page.RunAndWaitForResponseAsync(
            edit,
            answer => answer.Request.Method == "POST" && answer.Url.EndsWith("/workflow-definitions", StringComparison.Ordinal),
            new() { Timeout = Saving });
        await Expect(page.Locator("#studio-saved")).ToContainTextAsync("已保存", new() { Timeout = Saving });
        await Expect(page.Locator("#studio-state")).ToContainTextAsync("草稿", new() { Timeout = Saving });
    }

    /// <summary>Acts until there are so many lines: a diagram that still moves lets a mouse slip.</summary>
    private static async Task UntilLinesAsync(this IPage page, int wanted, Func<Task> act)
    {
        var lines = page.Locator(".x6-edge");
        for (var attempt = 1; ; attempt++)
        {
            await act();
            try
            {
                await Expect(lines).ToHaveCountAsync(wanted, new() { Timeout = 5_000 });
                return;
            }
            catch (PlaywrightException) when (attempt < 5)
            {
                // Again from where things stand now; it may only have taken longer, and would be done twice.
                if (await lines.CountAsync() == wanted)
                    return;
            }
        }
    }

    private const string Ids = "cells => cells.map(cell => cell.getAttribute('data-cell-id'))";

    /// <summary>A point of a port that no line covers.</summary>
    private const string OpenPoint =
        """
        port => {
          const box = port.querySelector('.elsa-designer-port-hit-area').getBoundingClientRect();
          for (let step = 0; step < 49; step++) {
            const [x, y] = [box.x + box.width * (0.5 + ((step * 3) % 7 - 3) / 8), box.y + box.height * (0.5 + (Math.floor(step / 7) * 3 % 7 - 3) / 8)];
            if (document.elementFromPoint(x, y)?.closest('.x6-port-body') === port) return [x, y];
          }
          throw new Error('Lines cover the port.');
        }
        """;

    /// <summary>Id of the line whose ends are nearest to two points.</summary>
    private const string NearestLine =
        """
        ([x1, y1, x2, y2]) => {
          const lines = [...document.querySelectorAll('.x6-edge')].map(edge => {
            const path = edge.querySelector('path');
            const matrix = path.getScreenCTM();
            const [start, end] = [0, path.getTotalLength()].map(length => path.getPointAtLength(length).matrixTransform(matrix));
            return { edge, far: Math.hypot(start.x - x1, start.y - y1) + Math.hypot(end.x - x2, end.y - y2) };
          });
          return lines.reduce((best, one) => (one.far < best.far ? one : best)).edge.getAttribute('data-cell-id');
        }
        """;

    /// <summary>A point of a line that no other line lies on.</summary>
    private const string OpenLinePoint =
        """
        edge => {
          const path = edge.querySelector('path');
          const matrix = path.getScreenCTM();
          for (let step = 1; step < 40; step++) {
            const { x, y } = path.getPointAtLength(path.getTotalLength() * step / 40).matrixTransform(matrix);
            if (edge.contains(document.elementFromPoint(x, y))) return [x, y];
          }
          throw new Error('Other lines cover the line.');
        }
        """;

    private static ILocator Port(ILocator activity, string name) => activity.Locator($"g.x6-port-body[port='{name}']");

    private static Task<float[]> PointAsync(ILocator activity, string port) => Port(activity, port).EvaluateAsync<float[]>(OpenPoint);

    private static double[] Middle(LocatorBoundingBoxResult box) => [box.X + (box.Width / 2.0), box.Y + (box.Height / 2.0)];

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator what) =>
        await what.BoundingBoxAsync() ?? throw new InvalidOperationException($"{what} is not in sight.");
}
