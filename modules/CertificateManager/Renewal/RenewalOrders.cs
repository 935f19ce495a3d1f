using System.Threading.Channels;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>Orders from outside, for the one loop that does renewals. Of several that wait the first counts: they all want a new certificate.</summary>
internal sealed class RenewalOrders
{
    private readonly Channel<RenewalOrder> _orders = Channel.CreateBounded<RenewalOrder>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Leaves an order. Returns at once.</summary>
    public void Place(RenewalOrder order) => _orders.Writer.TryWrite(order);

    /// <summary>The order that waits; null for none.</summary>
    public RenewalOrder? Take() => _orders.Reader.TryRead(out RenewalOrder order) ? order : null;

    /// <summary>Ends when an order waits.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _orders.Reader.WaitToReadAsync(cancellationToken).AsTask();
}
