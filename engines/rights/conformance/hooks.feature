Feature: Hooks
  Articles that run along with every article that decides in a certain way. They add outputs and fill inputs; they never
  replace what an article says itself.

  Scenario Outline: a decision brings along what belongs to it: <law>
    Given the calculation date is "2026-01-01"
    When I evaluate outputs "toegekend" of "<law>"
    Then output "toegekend" is true
    And output "toegekend" has direct provenance
    And output "motivering_vereist" is true
    And output "motivering_vereist" has reactive provenance
    # The law goes before the ministerial regulation.
    And output "bezwaar_weken" equals 6
    And output "bezwaar_weken" has reactive provenance
    # After the actions a hook sees the outputs.
    And output "besloten" is true
    And the result contains exactly the outputs "toegekend, motivering_vereist, termijn, bezwaar_weken, besloten"
    # Before the actions a hook fills an input of its name. What the article says itself is never replaced.
    When I evaluate "termijn_uit" of "<law>"
    Then output "termijn_uit" equals 8
    And output "toegekend" is true

    Examples:
      | law          |
      | besluit_base |
      | besluit      |

  Scenario Outline: only what decides, and only so: <law>
    Given the calculation date is "2026-01-01"
    When I evaluate outputs "feit" of "<law>"
    Then the result contains exactly the outputs "feit"
    When I evaluate outputs "afgewezen" of "<law>"
    Then output "horen" is true
    And the result contains exactly the outputs "<outputs>"

    Examples:
      | law          | outputs                                                                 |
      | besluit_base | afgewezen, motivering_vereist, termijn, bezwaar_weken, horen, toegekend |
      | besluit      | afgewezen, motivering_vereist, termijn, bezwaar_weken, horen, toegekend |
