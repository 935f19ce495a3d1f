namespace Sallyport.Identity;

/// <summary>How urgent the replacement of a SAS token is.</summary>
public enum SasLifeAlarm
{
    /// <summary>Enough time is left.</summary>
    None,

    /// <summary>Less than 24 h or less than 20 % of its life is left.</summary>
    EndingSoon,

    /// <summary>It has ended. Peers tolerate five minutes of clock skew; nothing may count on that.</summary>
    Expired,
}
