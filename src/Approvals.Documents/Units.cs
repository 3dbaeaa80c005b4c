namespace Approvals.Documents;

/// <summary>Lengths. The page model counts in PDF points (1/72 inch); standards for paper count in millimetres.</summary>
public static class Units
{
    /// <summary>Millimetres as points.</summary>
    public static float Mm(double millimetres) => (float)(millimetres * 72 / 25.4);
}

/// <summary>The Chinese type sizes (字号) official documents use, in points.</summary>
public static class TypeSize
{
    /// <summary>二号, 22 pt: titles of official documents.</summary>
    public const float No2 = 22f;

    /// <summary>三号, 16 pt: body of official documents.</summary>
    public const float No3 = 16f;

    /// <summary>四号, 14 pt: page numbers.</summary>
    public const float No4 = 14f;

    /// <summary>小四, 12 pt: tables.</summary>
    public const float SmallNo4 = 12f;

    /// <summary>小五, 9 pt.</summary>
    public const float SmallNo5 = 9f;
}
