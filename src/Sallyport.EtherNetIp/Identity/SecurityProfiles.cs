namespace Sallyport.EtherNetIp.Identity;

/// <summary>The security profiles of a device.</summary>
[Flags]
public enum SecurityProfiles
{
    /// <summary>It has none.</summary>
    None = 0,

    /// <summary>Messages cannot be changed on their way.</summary>
    Integrity = 1,

    /// <summary>Messages cannot be read on their way.</summary>
    Confidentiality = 2,

    /// <summary>It decides who may do what.</summary>
    Authorization = 4,

    /// <summary>It knows users.</summary>
    UserAuthentication = 8,

    /// <summary>It is too small for the other profiles.</summary>
    ResourceConstrained = 16,
}
