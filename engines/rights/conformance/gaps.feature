@tier:untranslatable
Feature: What the format cannot express
  An author says which construct of an article cannot be written down (`untranslatables`, later `markings`), and whether the
  article is good enough without it. Four ways to deal with that; never does a gap look like "no".

  Scenario Outline: mode <mode>: <output> of <law>
    Given the untranslatable mode is "<mode>"
    When I evaluate "<output>" of "<law>"
    Then <then>

    Examples: error, the default, and ignore: what its author did not accept is not computed
      | mode   | law        | output       | then                                                |
      | error  | gaten_base | open_gat     | the execution fails with "untranslatable construct" |
      | error  | gaten      | open_gat     | the execution fails with "naar redelijkheid"        |
      | error  | gaten_base | en_onwaar    | the execution fails with "untranslatable construct" |
      | error  | gaten_base | aanvaard_gat | output "aanvaard_gat" is true                       |
      | error  | gaten      | aanvaard_gat | output "aanvaard_gat" is true                       |
      | error  | gaten      | heel         | output "heel" equals 1                              |
      | ignore | gaten_base | open_gat     | the execution fails with "untranslatable construct" |
      | ignore | gaten      | open_gat     | the execution fails with "untranslatable construct" |
      | ignore | gaten_base | aanvaard_gat | output "aanvaard_gat" is true                       |

    Examples: warn: computed as far as it goes
      | mode | law        | output    | then                       |
      | warn | gaten_base | open_gat  | output "open_gat" is true  |
      | warn | gaten      | open_gat  | output "open_gat" is true  |
      | warn | gaten      | omgekeerd | output "omgekeerd" is false |

    Examples: propagate: what rests on it is marked, accepted or not
      | mode      | law        | output       | then                                               |
      | propagate | gaten_base | open_gat     | output "open_gat" is tainted as untranslatable     |
      | propagate | gaten      | open_gat     | output "open_gat" is tainted as untranslatable     |
      | propagate | gaten_base | aanvaard_gat | output "aanvaard_gat" is tainted as untranslatable |
      | propagate | gaten      | aanvaard_gat | output "aanvaard_gat" is tainted as untranslatable |
      | propagate | gaten      | heel         | output "heel" equals 1                             |

  Scenario Outline: propagate: <output> is marked, in both generations
    Given the untranslatable mode is "propagate"
    When I evaluate "<output>" of "gaten_base"
    Then output "<output>" is tainted as untranslatable
    When I evaluate "<output>" of "gaten"
    Then output "<output>" is tainted as untranslatable

    Examples:
      | output     |
      | en_waar    |
      | of_onwaar  |
      | omgekeerd  |
      | gelijk_aan |
      | als        |
      | onder      |
      | som        |

  Scenario Outline: propagate: <output> is decided without it, in both generations
    Given the untranslatable mode is "propagate"
    When I evaluate "<output>" of "gaten_base"
    Then output "<output>" is <value>
    When I evaluate "<output>" of "gaten"
    Then output "<output>" is <value>

    Examples:
      | output          | value |
      | en_onwaar       | false |
      | of_waar         | true  |
      | tussen_gevonden | true  |

  Scenario: propagate: up to v0.5.6 IN looks at its subject only, later also at what it is compared with
    Given the untranslatable mode is "propagate"
    When I evaluate "tussen" of "gaten_base"
    Then output "tussen" is false
    When I evaluate "tussen" of "gaten"
    Then output "tussen" is tainted as untranslatable
