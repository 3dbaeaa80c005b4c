namespace Approvals.Core.Organisation;

/// <summary>Names the people of one spec; an applicant who would decide the own case gives way to the superior.</summary>
internal static class ParticipantNaming
{
    public static Named Name(ParticipantSpec spec, ParticipantContext context, OrganisationSnapshot snapshot) => spec.Kind switch
    {
        // These name the applicant on purpose, as the one who fills in or corrects; there is nothing to recuse from.
        ParticipantKind.Applicant => One(snapshot.Active(context.ApplicantId), "申请人", "申请人账号已停用"),
        ParticipantKind.Starter => One(snapshot.Active(context.StarterId), "发起人", "发起人账号已停用"),
        ParticipantKind.Decider => Deciders(spec, context, snapshot),
        ParticipantKind.Person => ThePerson(snapshot.Active(Guid.Parse(spec.Argument)), "指定人员", context, snapshot),
        ParticipantKind.Field => context.PersonIn(spec.Argument) is { } named
            ? ThePerson(snapshot.Active(named), "业务件指定的人员", context, snapshot)
            : Named.Nobody($"业务件没有填写“{spec.Argument}”"),
        ParticipantKind.Role => RoleHolders(spec, context, snapshot),
        ParticipantKind.PostAtOwner => AtUnit(spec, context, snapshot, context.OwnerSectionId, "承办处室", "未确定承办处室"),
        ParticipantKind.PostAtUnit => AtUnit(spec, context, snapshot, context.UnitId, "申请人单位", "申请人没有所在单位"),
        ParticipantKind.PostAtSection => AtUnit(
            spec, context, snapshot, snapshot.Units.FirstOrDefault(unit => unit.Code == spec.Argument)?.Id, "指定处室",
            $"没有代码为“{spec.Argument}”的处室"),
        ParticipantKind.PostAtConcerned => AtConcerned(spec, context, snapshot),
        _ => Named.Nobody("无法识别的办理人设置"),
    };

    private static Named One(Person? person, string why, string otherwise) =>
        person is null ? Named.Nobody(otherwise) : new Named([(person, why)], []);

    private static Named Deciders(ParticipantSpec spec, ParticipantContext context, OrganisationSnapshot snapshot)
    {
        if (!context.DecidersByActivity.TryGetValue(spec.Argument, out var ids) || ids.Count == 0)
        {
            return Named.Nobody($"环节“{spec.Argument}”尚无人办理");
        }

        var people = ids.Distinct().Select(id => snapshot.Active(id)).OfType<Person>().ToList();
        return people.Count == 0
            ? Named.Nobody($"环节“{spec.Argument}”的办理人已停用")
            : new Named([.. people.Select(person => (person, $"环节“{spec.Argument}”的办理人"))], []);
    }

    private static Named ThePerson(Person? person, string why, ParticipantContext context, OrganisationSnapshot snapshot) =>
        person is null || person.Id != context.ApplicantId
            ? One(person, why, $"{why}不存在或已停用")
            : InPlaceOfApplicant(person, why, context, snapshot);

    private static Named RoleHolders(ParticipantSpec spec, ParticipantContext context, OrganisationSnapshot snapshot)
    {
        var why = $"角色：{RoleNames.Of(spec.Argument)}";
        var holders = snapshot.RoleHolders.Where(one => one.Role == spec.Argument)
            .Select(one => snapshot.Active(one.PersonId)).OfType<Person>().DistinctBy(one => one.Id).OrderBy(one => one.Id).ToList();
        var others = holders.Where(one => context.FillsIn || one.Id != context.ApplicantId).ToList();

        // A role is a pool: colleagues take over, and the superior is asked only when there are none.
        if (others.Count > 0)
        {
            return new Named([.. others.Select(one => (one, why))], []);
        }

        return holders.Count == 0
            ? Named.Nobody($"没有人担任“{RoleNames.Of(spec.Argument)}”")
            : InPlaceOfApplicant(holders[0], why, context, snapshot);
    }

    private static Named AtConcerned(ParticipantSpec spec, ParticipantContext context, OrganisationSnapshot snapshot)
    {
        if (string.IsNullOrWhiteSpace(context.Specialty))
        {
            return Named.Nobody("业务件未填专业类别，无法确定业务处室");
        }

        var sections = snapshot.Units
            .Where(unit => unit.Kind == OrgUnitKind.Section && snapshot.OpenUnit(unit.Id, context.Today) is not null)
            .Where(unit => SpecialtyList.Contains(unit.Specialties, context.Specialty))
            .OrderBy(unit => unit.SortOrder).ThenBy(unit => unit.Code, StringComparer.Ordinal).ToList();
        if (sections.Count == 0)
        {
            return Named.Nobody($"没有处室承办专业“{context.Specialty}”");
        }

        var each = sections.Select(unit => AtUnit(spec, context, snapshot, unit.Id, "业务处室", "")).ToList();
        return new Named([.. each.SelectMany(one => one.People)], [.. each.SelectMany(one => one.Missing)]);
    }

    private static Named AtUnit(
        ParticipantSpec spec, ParticipantContext context, OrganisationSnapshot snapshot, Guid? unitId, string relation, string otherwise)
    {
        var unit = snapshot.OpenUnit(unitId, context.Today);
        if (unit is null)
        {
            return Named.Nobody(unitId is null ? otherwise : $"{relation}已撤销");
        }

        var post = spec.Post!.Value;
        var why = $"{unit.Name}{PostNames.Of(post, unit)}（{relation}）";
        var holders = post == PositionKind.Leader
            ? Leader(unit, context, snapshot)
            : snapshot.HoldersOf(unit.Id, post, context.Today);
        if (holders.Count == 0)
        {
            return Named.Nobody($"{unit.Name}没有在任的{PostNames.Of(post, unit)}");
        }

        var people = new List<(Person, string)>();
        var missing = new List<string>();
        foreach (var holder in holders)
        {
            if (holder.Id != context.ApplicantId)
            {
                people.Add((holder, why));
            }
            else if (Superiors.Of(snapshot, holder.Id, unit, post, context.Today) is { } above)
            {
                people.Add((above.Superior, $"{why}系申请人本人，由上级{above.Post}代为办理"));
            }
            else if (holders.Count == 1)
            {
                missing.Add($"{why}系申请人本人，且没有上级可以代为办理");
            }
        }

        return new Named(people, missing);
    }

    private static IReadOnlyList<Person> Leader(OrgUnit unit, ParticipantContext context, OrganisationSnapshot snapshot) =>
        snapshot.LeaderInChargeOf(unit, context.Today) is { } charge ? [charge.Leader] : [];

    private static Named InPlaceOfApplicant(
        Person applicant, string why, ParticipantContext context, OrganisationSnapshot snapshot)
    {
        foreach (var post in snapshot.PostsOf(applicant.Id, context.Today))
        {
            if (snapshot.OpenUnit(post.OrgUnitId, context.Today) is { } unit
                && Superiors.Of(snapshot, applicant.Id, unit, post.Kind, context.Today) is { } above)
            {
                return new Named([(above.Superior, $"{why}系申请人本人，由上级{above.Post}代为办理")], []);
            }
        }

        return Named.Nobody($"{why}系申请人本人，且没有上级可以代为办理");
    }
}
