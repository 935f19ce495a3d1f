namespace Sallyport.IotHub.Provisioning;

/// <summary>What a registration did to the device's data at its hub: <c>substatus</c>.</summary>
public enum AssignmentChange
{
    /// <summary>The service did not say, or said something that is not known here.</summary>
    Unknown,

    /// <summary><c>initialAssignment</c>: the first one, or the same hub again.</summary>
    InitialAssignment,

    /// <summary><c>deviceDataMigrated</c>: another hub, and twin and state went along.</summary>
    DataMigrated,

    /// <summary><c>deviceDataReset</c>: another hub, and the twin begins anew there.</summary>
    DataReset,
}
