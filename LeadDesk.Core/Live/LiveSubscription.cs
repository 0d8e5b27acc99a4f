namespace LeadDesk.Live;

/// <summary>One reader of the feed, with its own bounded mailbox, read by one pool thread at a time.</summary>
internal sealed class LiveSubscription(
    long companyId, Action<IReadOnlyList<LeadEvent>> handler, Action<LiveSubscription> remove, Action<Exception> failed) : IDisposable, IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly EventBuffer _mailbox = new(LiveFeed.WaitingPerCompany);
    private bool _scheduled;
    private volatile bool _disposed;

    public long CompanyId => companyId;

    public void Enqueue(IReadOnlyList<LeadEvent> events)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _mailbox.Add(events);
            if (_scheduled)
                return;
            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (Next() is { } events)
        {
            try
            {
                handler(events);
            }
            catch (Exception exception)
            {
                failed(exception);
            }
        }
    }

    public void Dispose()
    {
        _disposed = true;
        remove(this);
    }

    private List<LeadEvent>? Next()
    {
        lock (_gate)
        {
            if (!_disposed && !_mailbox.IsEmpty)
                return _mailbox.Take()[companyId];
            _scheduled = false;
            return null;
        }
    }
}
