using System.IO.Pipelines;

namespace Sallyport.Identity.Keys;

/// <summary>One end of a connection that has both ends in this process.</summary>
internal sealed class DuplexStream : Stream
{
    private readonly Stream _reads;
    private readonly Stream _writes;

    private DuplexStream(Pipe reads, Pipe writes) => (_reads, _writes) = (reads.Reader.AsStream(), writes.Writer.AsStream());

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Both ends.</summary>
    public static (DuplexStream Client, DuplexStream Server) CreatePair()
    {
        var (toServer, toClient) = (new Pipe(), new Pipe());
        return (new DuplexStream(toClient, toServer), new DuplexStream(toServer, toClient));
    }

    public override void Flush() => _writes.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _writes.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => _reads.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reads.ReadAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => _writes.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _writes.WriteAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reads.Dispose();
            _writes.Dispose();
        }

        base.Dispose(disposing);
    }
}
