using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Access;

public sealed partial class SetupPage(SetupService setup, IServiceProvider services, NavigationManager navigation)
{
    private bool done;
    private Refusal? refusal;

    [SupplyParameterFromForm] private string? Code { get; set; }

    [SupplyParameterFromForm] private string? Company { get; set; }

    [SupplyParameterFromForm] private string? Region { get; set; }

    [SupplyParameterFromForm] private string? TimeZone { get; set; }

    [SupplyParameterFromForm] private string? Name { get; set; }

    [SupplyParameterFromForm] private string? Email { get; set; }

    [SupplyParameterFromForm] private string? Password { get; set; }

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Region ??= BrowserRegion() ?? "US";
        TimeZone ??= "UTC";
        done = await setup.IsDoneAsync(Context.RequestAborted);
    }

    private async Task SubmitAsync()
    {
        if (!services.GetRequiredService<SetupCode>().Matches(Code))
        {
            refusal = Refusal.Invalid("code", T["This is not the code of this start. Look for the newest one in the log."]);
            return;
        }

        var outcome = await setup.CreateAsync(
            new FirstCompany(Company ?? "", Region ?? "", TimeZone ?? "", Name ?? "", Email ?? "", Password ?? ""), Context.RequestAborted);
        if (!outcome.Succeeded)
        {
            refusal = outcome.Refusal;
            return;
        }

        await services.GetRequiredService<SignIn>().EnterAsync(outcome.Value, Context.RequestAborted);
        navigation.NavigateTo("/");
    }

    private string? Error(string field) => refusal?.Errors?.GetValueOrDefault(field)?[0];

    /// <summary><c>Accept-Language: en-GB,en;q=0.9</c> suggests GB.</summary>
    private string? BrowserRegion() => Context.Request.GetTypedHeaders().AcceptLanguage
        .Select(language => language.Value.Value?.Split('-') is [_, .., { Length: 2 } region] ? Regions.Read(region) : null)
        .FirstOrDefault(region => region is not null);
}
