using System.Buffers.Binary;
using RocksDbSharp;

namespace Sallyport.Benchmarks.Ring;

/// <summary>Keys that count up in RocksDB; a batch puts the new ones and deletes as many old ones.</summary>
internal sealed class RocksDbQueue : BoundedQueue
{
    private readonly RocksDb _database;
    private readonly WriteOptions _write;
    private readonly int _records;
    private readonly WriteBatch _batch = new();
    private ulong _last;

    public RocksDbQueue(string path, bool isDurable, int recordSize)
    {
        _records = Capacity / recordSize;
        DbOptions options = new DbOptions().SetCreateIfMissing(true).SetWriteBufferSize(Capacity);
        _database = RocksDb.Open(options, path);
        _write = new WriteOptions().SetSync(isDurable);
    }

    public override void Append(ReadOnlySpan<byte> record)
    {
        Span<byte> key = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(key, ++_last);
        _batch.Put(key, record);
        if (_last > (ulong)_records)
        {
            BinaryPrimitives.WriteUInt64BigEndian(key, _last - (ulong)_records);
            _batch.Delete(key.ToArray());
        }
    }

    public override void Commit()
    {
        _database.Write(_batch, _write);
        _batch.Clear();
    }

    public override void Dispose()
    {
        _batch.Dispose();
        _database.Dispose();
    }
}
