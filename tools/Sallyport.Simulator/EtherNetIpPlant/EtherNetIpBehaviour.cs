namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>The plant's manners as they stand. Changed and asked on any thread.</summary>
internal sealed class EtherNetIpBehaviour
{
    private volatile EtherNetIpManners _manners = EtherNetIpManners.Good;
    private int _asked;

    /// <summary>Changes manners, from the next message on.</summary>
    public void Set(EtherNetIpManners manners) => _manners = manners;

    /// <summary>The manners that the next message meets.</summary>
    public EtherNetIpManners Next()
    {
        var manners = _manners;
        return manners.Every == 1 || Interlocked.Increment(ref _asked) % manners.Every == 0 ? manners : EtherNetIpManners.Good;
    }
}
