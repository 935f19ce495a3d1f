using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>One open TCP connection. One request at a time; after an exception it is of no use any more.</summary>
internal sealed class ModbusLine : IDisposable
{
    private const int KeepAliveAfterSeconds = 30;
    private const int KeepAliveEverySeconds = 10;
    private const int KeepAliveProbes = 3;
    private const int ReceiveBufferInBytes = 1024;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly PipeReader _input;
    private readonly Deadline _deadline;
    private readonly byte[] _request = new byte[ReadRequestSerializer.TcpSize];
    private ushort _transactionId;
    private bool _hasAnswerBegun;

    private ModbusLine(Socket socket, TimeSpan timeout, TimeProvider time)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: false);
        _input = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: ReceiveBufferInBytes, leaveOpen: true));

        // Closing the socket ends the pending read or write at once, whatever the peer does.
        _deadline = new Deadline(timeout, socket.Dispose, time);
    }

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody listens there, or there is no way.</exception>
    /// <exception cref="TimeoutException">It took longer than the plan allows.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<ModbusLine> ConnectAsync(ConnectionPlan plan, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var deadline = new CancellationTokenSource(plan.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveAfterSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveEverySeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
            await socket.ConnectAsync(plan.Endpoint.Host, plan.Endpoint.Port, either.Token);
            return new ModbusLine(socket, plan.Timeout, time);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException($"No connection within {plan.ConnectTimeout}.", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one request and waits for its answer.</summary>
    /// <param name="unitId">The unit.</param>
    /// <param name="request">What to read.</param>
    /// <param name="data">Receives the data bytes.</param>
    /// <exception cref="ModbusProtocolException">Something else than the answer came.</exception>
    /// <exception cref="TimeoutException">No whole answer came in time.</exception>
    /// <exception cref="EndOfStreamException">The connection was closed before a byte of the answer had come.</exception>
    /// <exception cref="IOException">The connection broke inside the answer.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadReply> ExchangeAsync(byte unitId, ReadRequest request, Memory<byte> data)
    {
        var exchange = new ReadExchange(++_transactionId, unitId, request);
        ReadRequestSerializer.WriteTcp(exchange, _request);
        _hasAnswerBegun = false;
        _deadline.Arm();
        try
        {
            await _stream.WriteAsync(_request, CancellationToken.None);
            return await ReceiveAsync(exchange, data);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw _deadline.HasExpired ? new TimeoutException("No whole answer in time.", e)
                : _hasAnswerBegun ? new IOException("The connection broke inside an answer.", e)
                : new EndOfStreamException("The connection was closed before a byte of the answer had come.", e);
        }
        finally
        {
            _deadline.Disarm();
        }
    }

    public void Dispose()
    {
        _deadline.Dispose();
        _input.Complete();
        _stream.Dispose();
        _socket.Dispose();
    }

    private static bool TryTake(
        in ReadExchange exchange, in ReadOnlySequence<byte> buffer, Span<byte> data, out ReadReply reply, out SequencePosition consumed)
    {
        var reader = new SequenceReader<byte>(buffer);
        bool isWhole = exchange.TryReadReply(ref reader, data, out reply);
        consumed = reader.Position;
        return isWhole;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadReply> ReceiveAsync(ReadExchange exchange, Memory<byte> data)
    {
        while (true)
        {
            ReadResult result = await _input.ReadAsync(CancellationToken.None);
            if (TryTake(exchange, result.Buffer, data.Span, out ReadReply reply, out SequencePosition consumed))
            {
                _input.AdvanceTo(consumed);
                return reply;
            }

            _hasAnswerBegun = !result.Buffer.IsEmpty;
            if (result.IsCompleted)
            {
                throw new IOException("The device closed the connection.");
            }

            _input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
