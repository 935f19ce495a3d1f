using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Mqtt;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.Plant;

/// <summary>The plant's Modbus TCP server: several clients at once, read requests only, and manners that can be spoiled.</summary>
/// <remarks>Its bytes are written here, apart from the product's codec, so that a fault in one does not hide a fault in the other.</remarks>
internal sealed partial class PlantServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ILogger<PlantServer> _logger;
    private readonly long _start;
    private readonly TcpAcceptor _acceptor;
    private readonly List<(PlantConnection Connection, Task Serving)> _connections = [];
    private long _answers;
    private long _accepted;

    /// <summary>A plant that does not listen yet.</summary>
    /// <param name="memory">What it holds.</param>
    /// <param name="endpoint">Where clients will connect.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of clients.</param>
    public PlantServer(PlantMemory memory, IPEndPoint endpoint, TimeProvider time, ILogger<PlantServer> logger)
    {
        (Memory, _time, _logger, _start) = (memory, time, logger, time.GetTimestamp());
        _acceptor = new TcpAcceptor(endpoint, Admit);
    }

    /// <summary>Where clients connect. With port 0 given, the port that the system chose at the first start.</summary>
    public IPEndPoint Endpoint => _acceptor.Endpoint;

    /// <summary>What the plant holds and gave out.</summary>
    public PlantMemory Memory { get; }

    /// <summary>How it treats its clients.</summary>
    public PlantBehaviour Behaviour { get; } = new();

    /// <summary>Fires after each answer.</summary>
    public ChangeSignal Answered { get; } = new();

    /// <summary>How many requests were answered.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>How many connections were accepted.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Whether a connection is being served.</summary>
    public bool IsTaken
    {
        get
        {
            lock (_lock)
            {
                return _connections.Exists(connection => !connection.Serving.IsCompleted);
            }
        }
    }

    /// <summary>Listens; after <see cref="DieAsync"/>, again.</summary>
    /// <exception cref="SocketException">The address or port is taken.</exception>
    public void Start()
    {
        _acceptor.Start();
        PlantListens(Endpoint);
    }

    /// <summary>Stops accepting and cuts every connection.</summary>
    public async Task DieAsync()
    {
        await _acceptor.StopAsync();
        Task[] connections;
        lock (_lock)
        {
            connections = [.. _connections.Select(connection => connection.Serving)];
        }

        await Task.WhenAll(connections);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await DieAsync();
        await _acceptor.DisposeAsync();
    }

    private void Admit(Socket socket, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _accepted);
        lock (_lock)
        {
            _connections.RemoveAll(earlier => earlier.Serving.IsCompleted);
            if (Behaviour.Admission is PlantAdmission.OneOldestStays && _connections.Count > 0)
            {
                socket.Dispose();
                ClientShutOut();
                return;
            }

            foreach (var (earlier, _) in Behaviour.Admission is PlantAdmission.OneNewestStays ? _connections : [])
            {
                earlier.Cut();
            }

            var connection = new PlantConnection(socket, Memory, Behaviour, _time, _start);
            _connections.Add((connection, ServeAsync(connection, cancellationToken)));
        }
    }

    private async Task ServeAsync(PlantConnection connection, CancellationToken cancellationToken)
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

    [LoggerMessage(5500, LogLevel.Information, "Plant listens on {Endpoint}")]
    private partial void PlantListens(IPEndPoint endpoint);

    [LoggerMessage(5501, LogLevel.Debug, "A client of the plant is gone: {Reason}")]
    private partial void ClientGone(string reason);

    [LoggerMessage(5510, LogLevel.Debug, "The plant has a client and shuts another one out")]
    private partial void ClientShutOut();
}
