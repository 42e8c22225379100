Feature: Nothing, in every position
  The generations differ on null. Up to schema v0.5.6 null is a value among others: it is not true, equals only null, and is
  of the wrong type for sums, orders and dates. From then on an operation on null is an error, and a fact nobody has is
  something else again: unknown, which carries the facts it waits for.

  Scenario Outline: up to v0.5.6: <output> of <a> and <b> is <result>
    Given parameter "a" is "<a>"
    And parameter "b" is "<b>"
    When I evaluate "<output>" of "bewerkingen_base"
    Then output "<output>" equals "<result>"

    Examples: what is not true: false, null, 0, "", [] and {}; all else is
      | output        | a    | b    | result |
      | beide         | null | true | false  |
      | beide         | true | null | false  |
      | beide         | 1    | ja   | true   |
      | een_van_beide | null | true | true   |
      | een_van_beide | null | null | false  |
      | een_van_beide | 0    | []   | false  |
      | een_van_beide | {}   | 0.0  | false  |
      | niet          | null | 0    | true   |
      | niet          | 0    | 0    | true   |
      | niet          | ja   | 0    | false  |
      | keuze         | null | true | tweede |
      | keuze         | null | null | anders |
      | keuze         | ja   | null | eerste |
      | in_lijst      | null | x    | false  |
      | in_waarde     | null | null | true   |
      | in_waarde     | 1    | null | false  |
      | lijst         | null | 1    | [null, 1] |

  Scenario Outline: up to v0.5.6: <output> of <a> and <b> cannot be computed
    Given parameter "a" is "<a>"
    And parameter "b" is "<b>"
    When I evaluate "<output>" of "bewerkingen_base"
    Then the execution fails with "type mismatch"

    Examples:
      | output           | a          | b          |
      | som              | null       | 1          |
      | som              | 1          | null       |
      | verschil         | 1          | null       |
      | product          | null       | 1          |
      | quotient         | 1          | null       |
      | kleinste         | null       | 1          |
      | grootste         | 1          | null       |
      | afgerond         | null       | 0          |
      | naar_boven       | null       | 0          |
      | naar_beneden     | null       | 0          |
      | groter           | null       | 1          |
      | groter           | 1          | null       |
      | kleiner          | null       | null       |
      | minstens         | null       | 1          |
      | hoogstens        | 1          | null       |
      | leeftijd         | null       | 2024-01-01 |
      | leeftijd         | 2024-01-01 | null       |
      | maanden_later    | null       | 1          |
      | maanden_later    | 2024-01-01 | null       |
      | datum            | null       | 1          |
      | weekdag          | null       | 0          |
      | dagen_ertussen   | 2024-01-01 | null       |
      | deel             | null       | 0          |

  Scenario Outline: from v0.5.7 on: <output> of <a> and <b> is an error
    Given parameter "a" is "<a>"
    And parameter "b" is "<b>"
    When I evaluate "<output>" of "bewerkingen"
    Then the execution fails with "operand is null"

    Examples:
      | output           | a          | b          |
      | som              | null       | 1          |
      | som              | 1          | null       |
      | verschil         | null       | 1          |
      | product          | 1          | null       |
      | quotient         | null       | 1          |
      | kleinste         | 1          | null       |
      | grootste         | null       | 1          |
      | afgerond         | null       | 0          |
      | groter           | null       | 1          |
      | kleiner          | 1          | null       |
      | minstens         | null       | null       |
      | hoogstens        | 1          | null       |
      | beide            | null       | true       |
      | beide            | true       | null       |
      | een_van_beide    | null       | true       |
      | niet             | null       | 0          |
      | keuze            | null       | true       |
      | leeftijd         | null       | 2024-01-01 |
      | jaren_later      | 2024-01-01 | null       |
      | weken_later      | null       | 1          |
      | datum            | 2024       | null       |
      | weekdag          | null       | 0          |
      | maanden_ertussen | null       | 2024-01-01 |
      | jaar             | null       | 0          |
      | begin_van_jaar   | null       | 0          |

  Scenario Outline: from v0.5.7 on: <output> of <a> and <b> is <result>
    Given parameter "a" is "<a>"
    And parameter "b" is "<b>"
    When I evaluate "<output>" of "bewerkingen"
    Then output "<output>" equals "<result>"

    Examples: what is decided before nothing is reached, and what answers on nothing
      | output        | a     | b    | result |
      | beide         | false | null | false  |
      | een_van_beide | true  | null | true   |
      | keuze         | true  | null | eerste |
      | in_lijst      | null  | x    | false  |
      | in_lijst      | null  | null | true   |
      | gelijk        | null  | 1    | false  |
      | lijst         | null  | 1    | [null, 1] |
      | deel          | null  | 0    | null   |

  Scenario Outline: from v0.5.7 on: <output> of <a> and <b> is unknown for lack of <lacking>
    Given parameter "a" is "<a>"
    And parameter "b" is "<b>"
    When I evaluate "<output>" of "bewerkingen"
    Then output "<output>" is unknown for lack of "<lacking>"

    Examples: an empty cell is a fact nobody has
      | output         | a     | b     | lacking |
      | som            |       | 1     | a       |
      | som            | 1     |       | b       |
      | som            | null  |       | b       |
      | gelijk         |       | 1     | a       |
      | gelijk         |       | null  | a       |
      | gelijk         |       |       | b       |
      | groter         | null  |       | b       |
      | beide          |       | true  | a       |
      | beide          | true  |       | b       |
      | een_van_beide  |       | false | a       |
      | niet           |       | 0     | a       |
      | keuze          |       | true  | a       |
      | keuze          | false |       | b       |
      | in_lijst       |       | x     | a       |
      | in_lijst       | y     |       | b       |
      | in_waarde      | 1     |       | b       |
      | leeftijd       |       | 2024-01-01 | a  |
      | maanden_later  | 2024-01-31 |  | b       |
      | dubbel         |       | 0     | a       |
      | deel           |       | 0     | a       |

  Scenario Outline: from v0.5.7 on: what is known decides: <output> of <a> and <b> is <result>
    Given parameter "a" is "<a>"
    And parameter "b" is "<b>"
    When I evaluate "<output>" of "bewerkingen"
    Then output "<output>" equals "<result>"

    Examples: Kleene's logic reads on past the unknown
      | output        | a     | b     | result |
      | beide         |       | false | false  |
      | beide         | false |       | false  |
      | een_van_beide |       | true  | true   |
      | een_van_beide | true  |       | true   |
      | in_lijst      | 1     |       | true   |
