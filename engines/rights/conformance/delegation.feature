Feature: Delegation
  A value that an article leaves open is filled from below: by the regulation in force that names it, the higher layer
  before the lower, the later before the earlier. Local law holds in its own place. Else its default holds.

  Scenario Outline: <term> on <day> is <value>: <why>
    Given the calculation date is "<day>"
    And parameter "gemeente_code" is "<place>"
    And parameter "leeftijd" is 4
    When I evaluate "<term>" of "delegatie_base"
    Then output "<term>" equals "<value>"
    When I evaluate "<term>" of "delegatie"
    Then output "<term>" equals "<value>"

    Examples:
      | term       | day        | place  | value | why                                                   |
      | tarief     | 2024-06-30 | GM0001 | 100   | the version of the day                                |
      | tarief     | 2024-07-01 | GM0001 | 110   | the version of the day                                |
      | tarief     | 2025-01-01 | GM0001 | 110   | what is of another layer is passed over, low or high |
      | vrij       | 2025-01-01 | GM0001 | null  | nobody fills it, and nobody has to                    |
      | met_rest   | 2025-01-01 | GM0001 | 8     | the default, which sees the parameters                |
      | plaatselijk | 2025-01-01 | GM0001 | 25   | the law of the place                                  |
      | plaatselijk | 2025-01-01 | GM0002 | 26   | the law of the place                                  |
      | plaatselijk | 2025-01-01 | GM0003 | null | no law of the place                                   |
      | rang       | 2025-01-01 | GM0001 | 1     | the higher layer, though older                        |
      | dubbel     | 2024-06-30 | GM0001 | 1     | one regulation yet                                    |
      | jonger     | 2024-08-31 | GM0001 | 1     | the only one yet                                      |
      | jonger     | 2024-09-01 | GM0001 | 2     | of one layer, the later one                           |

  Scenario Outline: <term> of <law> cannot be filled: <says>
    Given the calculation date is "2025-01-01"
    When I evaluate "<term>" of "<law>"
    Then the execution fails with "<says>"
    And the execution fails with "<also>"

    Examples: two of one layer and day are an error that names both; what must be filled and is not, is one
      | law            | term      | says                                     | also                                         |
      | delegatie_base | dubbel    | article 2 of law 'delegatie_base_regeling' | article 1 of law 'delegatie_base_regeling_twee' |
      | delegatie      | dubbel    | article 2 of law 'delegatie_regeling'    | article 1 of law 'delegatie_regeling_twee'   |
      | delegatie_base | onvervuld | no regulation in force fills             | onvervuld                                    |
      | delegatie      | onvervuld | no regulation in force fills             | onvervuld                                    |

  Scenario: where the regulation says nothing, the default holds from v0.5.7 on, and nothing before that
    Given the calculation date is "2025-01-01"
    When I evaluate "zwijgt" of "delegatie_base"
    Then output "zwijgt" is null
    When I evaluate "zwijgt" of "delegatie"
    Then output "zwijgt" equals 5
