using System.Reflection;
using AngleSharp.Html.Parser;
using LeadDesk.Data;
using LeadDesk.Tests.Support;
using LeadDesk.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Tests.Ui;

/// <summary>What the server draws before the page listens to it.</summary>
public sealed class FirstPaintTests
{
    /// <summary>Works without the server: scripts of the page, and forms that the browser sends.</summary>
    private const string ByItself = "[data-theme-choice], [data-rail-toggle], [data-dialog-open], [data-dialog-close], [popovertarget], [type=hidden], [data-top-search] *, form[method=post] *";

    [Fact]
    public async Task Nothing_in_it_takes_a_click_that_nobody_hears()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var browser = await app.SignInAsync();
        var deaf = new List<string>();

        foreach (var address in Addresses())
        {
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            page.QuerySelector("main").ShouldNotBeNull(address);
            deaf.AddRange(page.QuerySelectorAll("button, input, select, textarea").Where(control => !control.HasAttribute("disabled") && control.Closest("fieldset[disabled]") is null && !control.Matches(ByItself)).Select(control => $"{address}: {control.OuterHtml}"));
        }

        deaf.ShouldBeEmpty();
    }

    /// <summary>Of every page that listens, those of one record with a number that may or may not exist.</summary>
    private static IEnumerable<string> Addresses() =>
        from page in typeof(App).Assembly.GetTypes()
        where page.GetCustomAttribute<ExcludeFromInteractiveRoutingAttribute>() is null
        from route in page.GetCustomAttributes<RouteAttribute>()
        select route.Template.Replace("{Id:long}", "1", StringComparison.Ordinal).Replace("{Channel}", "whatsapp", StringComparison.Ordinal);
}
