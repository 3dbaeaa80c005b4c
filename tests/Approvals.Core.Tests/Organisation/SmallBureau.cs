using Approvals.Core.Organisation;

namespace Approvals.Core.Tests.Organisation;

/// <summary>A bureau just big enough for the rules: two business sections share the specialty gas.</summary>
internal sealed class SmallBureau
{
    public static readonly DateOnly Today = new(2026, 11, 23);

    private readonly List<OrgUnit> units = [];
    private readonly List<Position> posts = [];
    private readonly List<RoleAssignment> roles = [];
    private readonly Dictionary<Guid, Person> people = [];

    public SmallBureau()
    {
        Director = Add("周正国");
        Deputy = Add("林秀英");
        Bureau = Unit("bureau", "应急管理局", OrgUnitKind.Bureau, null, Director);
        Rescue = Unit("rescue", "救援协调处", OrgUnitKind.Section, Bureau, Deputy);
        Hazchem = Unit("hazchem", "危化处", OrgUnitKind.Section, Bureau, Deputy, "hazchem,gas");
        Industry = Unit("industry", "工贸处", OrgUnitKind.Section, Bureau, Deputy, "tunnel, gas");
        Company = Unit("company", "化工集团", OrgUnitKind.Employer, null, null);
        Post(Director, Bureau, PositionKind.Leader);
        Post(Deputy, Bureau, PositionKind.Leader);
        RescueHead = Hold("王强", Rescue, PositionKind.Head);
        HazchemHead = Hold("李丽", Hazchem, PositionKind.Head);
        IndustryHead = Hold("韩晓珺", Industry, PositionKind.Head);
        Handler = Hold("张伟", Rescue, PositionKind.Handler);
        Representative = Hold("陈桂花", Company, PositionKind.Representative);
        Applicant = Hold("刘志强", Company, PositionKind.Member);
    }

    public OrgUnit Bureau { get; }

    public OrgUnit Rescue { get; }

    public OrgUnit Hazchem { get; }

    public OrgUnit Industry { get; }

    public OrgUnit Company { get; }

    public Person Director { get; }

    public Person Deputy { get; }

    public Person RescueHead { get; }

    public Person HazchemHead { get; }

    public Person IndustryHead { get; }

    public Person Handler { get; }

    public Person Representative { get; }

    public Person Applicant { get; }

    public Person Add(string name)
    {
        var person = new Person { Name = name };
        people.Add(person.Id, person);
        return person;
    }

    public Person Hold(string name, OrgUnit unit, PositionKind kind)
    {
        var person = Add(name);
        Post(person, unit, kind);
        return person;
    }

    public Position Post(Person person, OrgUnit unit, PositionKind kind)
    {
        var post = new Position
        {
            PersonId = person.Id, OrgUnitId = unit.Id, Kind = kind, Title = "职务", From = new DateOnly(2020, 1, 1),
        };
        posts.Add(post);
        return post;
    }

    public Position PostOf(Person person) => posts.First(post => post.PersonId == person.Id);

    public void Give(Person person, string role) => roles.Add(new RoleAssignment { PersonId = person.Id, Role = role });

    public ParticipantResolution Resolve(Person applicant, params string[] who) => Resolve(Context(applicant), who);

    public ParticipantResolution Resolve(ParticipantContext context, params string[] who) =>
        ParticipantRules.Resolve(who, context, new OrganisationSnapshot(units, posts, roles, people));

    public ParticipantContext Context(Person applicant) => new()
    {
        CaseId = Guid.CreateVersion7(),
        ApplicantId = applicant.Id,
        StarterId = applicant.Id,
        UnitId = Company.Id,
        OwnerSectionId = Rescue.Id,
        Specialty = "gas",
        Today = Today,
    };

    private OrgUnit Unit(
        string code, string name, OrgUnitKind kind, OrgUnit? parent, Person? leader, string? specialties = null)
    {
        var unit = new OrgUnit
        {
            Code = code, Name = name, Kind = kind, ParentId = parent?.Id, LeaderInChargeId = leader?.Id, Specialties = specialties,
            SortOrder = units.Count,
        };
        units.Add(unit);
        return unit;
    }
}
