using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>The masters in use, one per connection of the plan in force.</summary>
/// <remarks>Changed by the polling supervisor only; looked at from anywhere.</remarks>
public sealed class ModbusMasters(Func<ConnectionPlan, IModbusMaster> create) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ConnectionPlan, IModbusMaster> _masters = new();

    /// <summary>The master of a connection; made if there is none.</summary>
    public IModbusMaster Open(ConnectionPlan connection) => _masters.GetOrAdd(connection, create);

    /// <summary>The master of a connection, if it is in use.</summary>
    public bool TryFind(ConnectionPlan connection, [NotNullWhen(true)] out IModbusMaster? master) =>
        _masters.TryGetValue(connection, out master);

    /// <summary>Closes those that are not among <paramref name="connections"/>.</summary>
    public async Task KeepOnlyAsync(IReadOnlySet<ConnectionPlan> connections)
    {
        foreach (ConnectionPlan connection in _masters.Keys)
        {
            if (!connections.Contains(connection) && _masters.TryRemove(connection, out IModbusMaster? master))
            {
                await master.DisposeAsync();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await KeepOnlyAsync(new HashSet<ConnectionPlan>());
}
