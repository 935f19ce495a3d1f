using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.EtherNetIpPlant.Encapsulation;
using Sallyport.Simulator.Mqtt;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>One controller on its sockets: several clients at once, reads only, and manners that can be spoiled.</summary>
/// <remarks>Its bytes are written here, apart from the product's codec, so that a fault in one does not hide a fault in the other.</remarks>
internal sealed partial class EtherNetIpPlantServer : IAsyncDisposable
{
    /// <summary>The registered TCP port.</summary>
    public const int Port = 44818;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ILogger<EtherNetIpPlantServer> _logger;
    private readonly long _start;
    private readonly TcpAcceptor _acceptor;
    private readonly List<Task> _serving = [];
    private long _answers;
    private int _sessions;

    /// <summary>A controller that does not listen yet.</summary>
    /// <param name="device">The controller.</param>
    /// <param name="ledger">Takes down the unique values that it gives out.</param>
    /// <param name="endpoint">Where clients will connect.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of clients.</param>
    public EtherNetIpPlantServer(
        EtherNetIpDevice device, PlantLedger ledger, IPEndPoint endpoint, TimeProvider time, ILogger<EtherNetIpPlantServer> logger)
    {
        (Device, Ledger, _time, _logger, _start) = (device, ledger, time, logger, time.GetTimestamp());
        _acceptor = new TcpAcceptor(endpoint, Admit);
    }

    /// <summary>Where clients connect. With port 0 given, the port that the system chose at the first start.</summary>
    public IPEndPoint Endpoint => _acceptor.Endpoint;

    /// <summary>The controller.</summary>
    public EtherNetIpDevice Device { get; }

    /// <summary>The list of unique values given out.</summary>
    public PlantLedger Ledger { get; }

    /// <summary>How it treats its clients.</summary>
    public EtherNetIpBehaviour Behaviour { get; } = new();

    /// <summary>Fires after each answer.</summary>
    public ChangeSignal Answered { get; } = new();

    /// <summary>How many frames were answered.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>How many TCP connections were accepted.</summary>
    public int Accepted => Volatile.Read(ref _sessions);

    /// <summary>Listens; after <see cref="DieAsync"/>, again.</summary>
    /// <exception cref="SocketException">The address or port is taken.</exception>
    public void Start()
    {
        _acceptor.Start();
        ControllerListens(Device.Identity.ProductName, Endpoint);
    }

    /// <summary>Stops accepting and cuts every connection.</summary>
    public async Task DieAsync()
    {
        await _acceptor.StopAsync();
        Task[] serving;
        lock (_lock)
        {
            serving = [.. _serving];
        }

        await Task.WhenAll(serving);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await DieAsync();
        await _acceptor.DisposeAsync();
    }

    private void Admit(Socket socket, CancellationToken cancellationToken)
    {
        var session = new EncapsulationSession(Device, Endpoint, (uint)Interlocked.Increment(ref _sessions));
        var connection = new EtherNetIpConnection(socket, Device, session, Behaviour, Ledger, _time, _start);
        lock (_lock)
        {
            _serving.RemoveAll(earlier => earlier.IsCompleted);
            _serving.Add(ServeAsync(connection, cancellationToken));
        }
    }

    private async Task ServeAsync(EtherNetIpConnection connection, CancellationToken cancellationToken)
    {
        // Off the thread that accepts, which holds the lock.
        await Task.Yield();
        try
        {
            await connection.RunAsync(CountAnswer, cancellationToken);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            ClientGone(gone.Message);
        }
    }

    private void CountAnswer()
    {
        Interlocked.Increment(ref _answers);
        Answered.Fire();
    }

    [LoggerMessage(5520, LogLevel.Information, "Controller {Product} listens on {Endpoint}")]
    private partial void ControllerListens(string product, IPEndPoint endpoint);

    [LoggerMessage(5521, LogLevel.Debug, "A client of a controller is gone: {Reason}")]
    private partial void ClientGone(string reason);
}
