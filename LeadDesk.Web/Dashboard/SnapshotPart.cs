using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Dashboard;

/// <summary>
/// A piece of the dashboard that is drawn again only when its part of the snapshot is another object. With hundreds of
/// dashboards open, a new lead then costs each of them three small pieces and not the whole page.
/// </summary>
public abstract class SnapshotPart<T> : ComponentBase
    where T : class
{
    private bool drawn;

    [Parameter, EditorRequired] public T Value { get; set; } = null!;

    public override Task SetParametersAsync(ParameterView parameters)
    {
        if (drawn && parameters.TryGetValue<T>(nameof(Value), out var value) && ReferenceEquals(value, Value))
            return Task.CompletedTask;
        drawn = true;
        return base.SetParametersAsync(parameters);
    }
}
