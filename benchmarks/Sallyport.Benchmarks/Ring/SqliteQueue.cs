using Microsoft.Data.Sqlite;

namespace Sallyport.Benchmarks.Ring;

/// <summary>A table with a growing key in SQLite's write-ahead log; what is too old is deleted in the same transaction.</summary>
internal sealed class SqliteQueue : BoundedQueue
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _delete;
    private readonly SqliteParameter _body;
    private readonly SqliteParameter _before;
    private readonly int _records;
    private SqliteTransaction? _transaction;
    private long _last;

    public SqliteQueue(string path, bool isDurable, int recordSize)
    {
        _records = Capacity / recordSize;
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute(isDurable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
        Execute("CREATE TABLE IF NOT EXISTS queue (seq INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL)");
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO queue (body) VALUES ($body) RETURNING seq";
        _body = _insert.Parameters.Add("$body", SqliteType.Blob);
        _insert.Prepare();
        _delete = _connection.CreateCommand();
        _delete.CommandText = "DELETE FROM queue WHERE seq <= $before";
        _before = _delete.Parameters.Add("$before", SqliteType.Integer);
        _delete.Prepare();
    }

    public override void Append(ReadOnlySpan<byte> record)
    {
        _transaction ??= _connection.BeginTransaction();
        _insert.Transaction = _transaction;
        _body.Value = record.ToArray();
        _last = (long)_insert.ExecuteScalar()!;
    }

    public override void Commit()
    {
        _delete.Transaction = _transaction;
        _before.Value = _last - _records;
        _delete.ExecuteNonQuery();
        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    public override void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _connection.Dispose();
    }

    private void Execute(string text)
    {
        using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
