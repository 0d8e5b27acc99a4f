namespace LeadDesk.Intake.Storage;

/// <summary>Opens the shared transaction of a batch. One implementation per database.</summary>
internal interface IIntakeStore : IAsyncDisposable
{
    /// <summary>Begins the transaction and locks the companies' intake against other nodes.</summary>
    Task<IIntakeTransaction> BeginAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken);

    /// <summary>What storage knows about the items' addresses, read without a lock; the ids for new rows are not real.</summary>
    Task<IntakeState> LookUpAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken);
}

/// <summary>Disposing without <see cref="CommitAsync"/> leaves nothing behind.</summary>
internal interface IIntakeTransaction : IAsyncDisposable
{
    /// <summary>What storage knows about the items' addresses, and ids for new rows.</summary>
    Task<IntakeState> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Writes all rows and makes them durable.</summary>
    Task CommitAsync(IntakeRows rows, CancellationToken cancellationToken);
}
