using System.Collections.Immutable;

namespace LeadDesk.Live;

public enum LiveSignalKind
{
    /// <summary>There is something new in a person's bell.</summary>
    Told = 1,

    /// <summary>A person has a lead open, and goes on having it.</summary>
    Opened = 2,

    Closed = 3,
}

/// <summary>Something worth showing at once and worth nothing later.</summary>
/// <param name="LeadId">0 where no lead is meant.</param>
/// <param name="Session">Which open page; 0 where none is meant.</param>
public sealed record LiveSignal(long CompanyId, LiveSignalKind Kind, long UserId, long LeadId, long Session)
{
    public static LiveSignal Told(long companyId, long userId) => new(companyId, LiveSignalKind.Told, userId, 0, 0);
}

/// <summary>Passes signals to everybody on every node who listens. One that is lost is made up for by the next look or heartbeat of its reader.</summary>
public sealed class LiveSignals
{
    private readonly Action<Exception> _failed;
    private ImmutableHashSet<Subscription> _readers = [];
    private Action<LiveSignal>? _otherNodes;

    internal LiveSignals(Action<Exception> failed) => _failed = failed;

    /// <summary>Whether there may be other nodes to speak to.</summary>
    internal bool HasOtherNodes => _otherNodes is not null;

    /// <summary>Call after the commit. Never throws.</summary>
    public void Publish(LiveSignal signal)
    {
        Receive(signal);
        _otherNodes?.Invoke(signal);
    }

    /// <summary>Calls <paramref name="reader"/> with every signal until disposed, on the sender's thread: it must only take note.</summary>
    public IDisposable Subscribe(Action<LiveSignal> reader)
    {
        var subscription = new Subscription(this, reader);
        ImmutableInterlocked.Update(ref _readers, static (readers, added) => readers.Add(added), subscription);
        return subscription;
    }

    internal void SendTo(Action<LiveSignal> otherNodes) => _otherNodes = otherNodes;

    /// <summary>Hands out what another node published.</summary>
    internal void Receive(LiveSignal signal)
    {
        foreach (var reader in _readers)
        {
            try
            {
                reader.Read(signal);
            }
            catch (Exception exception)
            {
                _failed(exception);
            }
        }
    }

    private sealed class Subscription(LiveSignals signals, Action<LiveSignal> reader) : IDisposable
    {
        public void Read(LiveSignal signal) => reader(signal);

        public void Dispose() => ImmutableInterlocked.Update(ref signals._readers, static (readers, gone) => readers.Remove(gone), this);
    }
}
