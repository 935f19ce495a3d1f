namespace Sallyport.SecureBuffer.Intake;

/// <summary>Remembers the last ids. Full = forget the oldest. Not safe for several threads.</summary>
internal sealed class RecentIds(int capacity)
{
    private readonly HashSet<string> _known = new(capacity, StringComparer.Ordinal);
    private readonly Queue<string> _order = new(capacity);

    /// <returns>False if it is already known.</returns>
    public bool Add(string id)
    {
        if (!_known.Add(id))
        {
            return false;
        }

        if (_order.Count == capacity)
        {
            _known.Remove(_order.Dequeue());
        }

        _order.Enqueue(id);
        return true;
    }
}
