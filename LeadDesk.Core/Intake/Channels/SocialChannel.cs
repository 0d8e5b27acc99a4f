namespace LeadDesk.Intake.Channels;

/// <summary>
/// Instagram and Messenger name people by an id scoped to the page (<c>"metadata":{"igsid":"17841405793187218"}</c>), and
/// senders often give a handle for a name: <c>"sender_name":"@ahmed.khan"</c>.
/// </summary>
/// <param name="idFields">Metadata fields that hold the person's id, besides <c>sender_id</c> and <c>user_id</c>.</param>
internal sealed class SocialChannel(params string[] idFields) : IChannelAdapter
{
    public ChannelReading Read(IncomingLead incoming) =>
        new(incoming.Name?.TrimStart().TrimStart('@'), incoming.Phone, incoming.Email, incoming.Message, null, Id(incoming));

    private string? Id(IncomingLead incoming)
    {
        foreach (var field in idFields)
        {
            if (incoming.Metadata.TryGetValue(field, out var id))
                return id;
        }

        return incoming.Metadata.GetValueOrDefault("sender_id") ?? incoming.Metadata.GetValueOrDefault("user_id") ?? incoming.ExternalId;
    }
}
