namespace Approvals.Web.Diagram;

/// <summary>A rectangle of the diagram.</summary>
internal readonly record struct FlowArea(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    /// <summary>The room a box takes.</summary>
    public static FlowArea Of(FlowBox box) => new(box.X, box.Y, box.Width, box.Height);

    /// <summary>The same, larger on every side; smaller when negative.</summary>
    public FlowArea Grown(double by) => new(X - by, Y - by, Width + (2 * by), Height + (2 * by));

    /// <summary>Whether both share more than an edge.</summary>
    public bool Overlaps(FlowArea other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    /// <summary>Whether a level or upright stretch of a line passes through it; a slanting one is judged by the box around it.</summary>
    public bool IsCrossedBy(FlowStretch stretch) =>
        Math.Min(stretch.From.X, stretch.To.X) < Right && Math.Max(stretch.From.X, stretch.To.X) > X
        && Math.Min(stretch.From.Y, stretch.To.Y) < Bottom && Math.Max(stretch.From.Y, stretch.To.Y) > Y;
}

/// <summary>A straight piece of a line.</summary>
internal readonly record struct FlowStretch((double X, double Y) From, (double X, double Y) To)
{
    public bool IsLevel => Math.Abs(From.Y - To.Y) < 0.5;

    public bool IsUpright => Math.Abs(From.X - To.X) < 0.5;

    public double Length => Math.Abs(From.X - To.X) + Math.Abs(From.Y - To.Y);

    /// <summary>The pieces of a line.</summary>
    public static IEnumerable<FlowStretch> Of(IReadOnlyList<(double X, double Y)> points) =>
        points.Zip(points.Skip(1), (from, to) => new FlowStretch(from, to));

    /// <summary>How far both run on top of each other; 0 when they only cross.</summary>
    public double Shared(FlowStretch other)
    {
        if (IsLevel && other.IsLevel && Math.Abs(From.Y - other.From.Y) < 5)
        {
            return Common(From.X, To.X, other.From.X, other.To.X);
        }

        return IsUpright && other.IsUpright && Math.Abs(From.X - other.From.X) < 5 ? Common(From.Y, To.Y, other.From.Y, other.To.Y) : 0;
    }

    /// <summary>Whether one is level, the other upright, and they cross.</summary>
    public bool Crosses(FlowStretch other) => IsLevel != other.IsLevel
        && Common(From.X, To.X, other.From.X, other.To.X) >= 0 && Common(From.Y, To.Y, other.From.Y, other.To.Y) >= 0
        && Math.Max(Math.Min(From.X, To.X), Math.Min(other.From.X, other.To.X)) < Math.Min(Math.Max(From.X, To.X), Math.Max(other.From.X, other.To.X)) + 0.5;

    private static double Common(double a, double b, double c, double d) =>
        Math.Min(Math.Max(a, b), Math.Max(c, d)) - Math.Max(Math.Min(a, b), Math.Min(c, d));
}
