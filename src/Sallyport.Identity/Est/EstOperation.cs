namespace Sallyport.Identity.Est;

/// <summary>What is asked of an enrolment server.</summary>
public enum EstOperation
{
    /// <summary>The first certificate, with a bootstrap certificate: <c>/simpleenroll</c>, RFC 7030 section 4.2.1.</summary>
    Enrol,

    /// <summary>The next certificate of the same name, with the present one: <c>/simplereenroll</c>, RFC 7030 section 4.2.2.</summary>
    Reenrol,
}
